def edge: if .endToEnd == "n/a" or .endToEnd == null then .edge else "\(.edge):\(.endToEnd | split(" (")[0] | gsub(": "; "="))" end;
def via: if .via == null then "" else "/\(.via):\(.listenerPort)" end;
def witness: . as $o | if (.witness | length) == 0 then "" else
  " [" + ([.witness | to_entries[] | .key as $k
    | if .value == "yes" and ($o.facts | index($k)) then $k else $k + "=" + .value end]
    | join(" ")) + "]" end;
if (.flows | length) == 0 then "flow: none" else .flows[]
  | "flow: \(.interface) \(edge) \(.edgeComponent // "-")\(via) \(.families | join("+")) \(.protocol) \(.portBegin)-\(.portEnd) \(.verdict) \(.confidence) \(.exposure // "-")\(witness)" end
