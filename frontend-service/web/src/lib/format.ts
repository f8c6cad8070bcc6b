/** Numbers and times as the reader's locale writes them. What is not known is a dash, never a zero. */
export const unknown = "–";

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export function count(value: number | null | undefined): string {
  return value == null ? unknown : whole.format(value);
}

export function compact(value: number | null | undefined): string {
  if (value == null) return unknown;
  return Math.abs(value) < 10_000 ? whole.format(value) : short.format(value);
}

export function decimal(value: number | null | undefined): string {
  return value == null ? unknown : oneDecimal.format(value);
}

/** A number with its noun: "1 run", "3 runs". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

export function bytes(value: number | null | undefined): string {
  if (value == null) return unknown;
  const units = ["B", "kB", "MB", "GB", "TB"];
  let amount = value;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${amount < 10 && unit > 0 ? oneDecimal.format(amount) : whole.format(amount)} ${units[unit]}`;
}

const parts: readonly [string, number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/** The two greatest parts: "2 h 5 min". */
export function duration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds)) return unknown;
  const total = Math.max(0, Math.round(seconds));
  const first = parts.findIndex(([, size]) => total >= size);
  if (first < 0) return "0 s";
  let left = total;
  const words: string[] = [];
  for (const [name, size] of parts.slice(first, first + 2)) {
    const amount = Math.floor(left / size);
    left -= amount * size;
    if (amount > 0) words.push(`${amount} ${name}`);
  }
  return words.join(" ");
}

export function secondsBetween(from: string, to: string | number): number {
  return ((typeof to === "number" ? to : Date.parse(to)) - Date.parse(from)) / 1000;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "long" });

export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function dateOf(instant: string): string {
  return dayAndYear.format(new Date(instant));
}

export function clockTime(instant: string | number, seconds = false): string {
  return (seconds ? clockWithSeconds : clock).format(new Date(instant));
}

/** As short as it is clear: the clock today, the day this year, the date otherwise. */
export function moment(instant: string | number, now = Date.now()): string {
  const at = new Date(instant);
  const today = new Date(now);
  if (at.toDateString() === today.toDateString()) return clock.format(at);
  if (at.getFullYear() === today.getFullYear()) return `${day.format(at)}, ${clock.format(at)}`;
  return dayAndYear.format(at);
}

export function fullMoment(instant: string | number): string {
  return full.format(new Date(instant));
}

/** "in 5 min", "3 h ago", "just now". */
export function relative(instant: string | number, now = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  if (Math.abs(seconds) < 5) return "just now";
  const [name, size] = parts.find(([, each]) => Math.abs(seconds) >= each) ?? ["s", 1];
  const amount = `${Math.floor(Math.abs(seconds) / size)} ${name}`;
  return seconds > 0 ? `in ${amount}` : `${amount} ago`;
}
