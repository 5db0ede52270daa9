[.diagnostics[] | select(.level == "note") | .id] | unique |
  if length == 0 then "note: none" else .[] | "note: \(.)" end
