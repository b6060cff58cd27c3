/** Things with a time, newest first, under the calendar day they happened on in the given zone. */
export function byDay<T extends { readonly at: number }>(
  items: readonly T[],
  timeZone: string | undefined,
): { readonly day: string; readonly members: readonly T[] }[] {
  const format = new Intl.DateTimeFormat('sv', {
    dateStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const days: { day: string; members: T[] }[] = [];
  for (const item of items) {
    const day = format.format(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.members.push(item);
    else days.push({ day, members: [item] });
  }
  return days;
}
