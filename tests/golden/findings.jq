def witness: if (.witness | length) == 0 then "" else
  " [" + ([.witness | to_entries[] | .key + "=" + .value] | join(" ")) + "]" end;
def resources: if (.endpoints | length) > 0
  then [.endpoints[].resource] | unique | join("+") else .resource end;
if (.findings | length) == 0 then "\($p): none" else .findings[]
  | "\($p): \(.ruleId) \(.severity) \(.verdict) \(.exposure // "-") \(.edge) \(resources) \(.protocol) \(.portBegin)-\(.portEnd) @\(.line):\(.column)\(witness)" end
