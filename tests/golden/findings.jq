def witness: . as $o | if (.witness | length) == 0 then "" else
  " [" + ([.witness | to_entries[] | .key as $k
    | if .value == "yes" and ($o.facts | index($k)) then $k else $k + "=" + .value end]
    | join(" ")) + "]" end;
def resources: if (.endpoints | length) > 0
  then [.endpoints[].resource] | unique | join("+") else .resource end;
if (.findings | length) == 0 then "\($p): none" else .findings[]
  | "\($p): \(.ruleId) \(.severity) \(.verdict) \(.exposure // "-") \(.edge) \(resources) \(.protocol) \(.portBegin)-\(.portEnd) @\(.line):\(.column)\(witness)" end
