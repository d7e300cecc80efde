/** What Git leaves where two branches changed the same lines. */
const MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m;

/** Whether Git left its markers in a text. */
export function hasMergeConflict(text: string): boolean {
  return MARKER.test(text);
}
