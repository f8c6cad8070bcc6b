interface Page<T> {
  items: T[];
  next: string | null;
}

/** Walks all pages of a list, one after the other. */
export async function* everyPage<T>(fetchPage: (page: { cursor?: string }) => Promise<Page<T>>) {
  let page: { cursor?: string } | null = {};
  while (page) {
    const { items, next }: Page<T> = await fetchPage(page);
    yield items;
    page = next ? { cursor: next } : null;
  }
}
