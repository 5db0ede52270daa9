if (.unreached | length) == 0 then "unreached: none" else .unreached[]
  | "unreached: \(.interface) \(.edge)\([.blockers[] | " " + .conjunct + (if .alone then "!" elif .joint then "+" else "" end)] | join(""))" end
