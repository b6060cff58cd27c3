const two = (value: number): string => String(value).padStart(2, '0');

/** A time as the field for date and time takes it, in this machine's zone, to the minute. */
export function toLocalField(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time of such a field; null while it is empty or no time. */
export function fromLocalField(text: string): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
