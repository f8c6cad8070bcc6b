/** What a name in capitals says to people: NOT_STARTED is "Not started". */
export function sentence(name: string): string {
  const words = name.toLowerCase().replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Classes that apply, as one string. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
