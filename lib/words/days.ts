/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** Days that have passed in full from one instant to another: `364 days`, `1 day`. */
export function fullDays(from: Date, to: Date): string {
  const days = Math.floor((to.getTime() - from.getTime()) / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}
