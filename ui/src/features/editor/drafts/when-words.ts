const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });

/** A moment as one says it: `today 14:32`, `yesterday 09:05`, `3 November 14:32`. */
export function whenWords(ms: number, now = Date.now()): string {
  const [date, today] = [new Date(ms), new Date(now)];
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const isOn = (other: Date) => date.toDateString() === other.toDateString();
  const which = isOn(today) ? "today" : isOn(yesterday) ? "yesterday" : day.format(date);
  return `${which} ${time.format(date)}`;
}
