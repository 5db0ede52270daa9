if ([.diagnostics[] | select(.level != "note")] | length) == 0 then "diag: none" else
  .diagnostics[] | select(.level != "note") | "diag: \(.id) \(.level) @\(.line // 0):\(.column // 0)" end
