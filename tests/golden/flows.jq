def witness: if (.witness | length) == 0 then "" else
  " [" + ([.witness | to_entries[] | .key + "=" + .value] | join(" ")) + "]" end;
if (.flows | length) == 0 then "flow: none" else .flows[]
  | "flow: \(.interface) \(.edge) \(.edgeComponent // "-") \(.families | join("+")) \(.protocol) \(.portBegin)-\(.portEnd) \(.verdict) \(.confidence) \(.exposure // "-")\(witness)" end
