/** RFC 3339 in UTC to the second, as X.509 counts: `2026-11-20T09:26:57Z`. */
export function formatInstant(instant: Date): string {
  return instant.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
