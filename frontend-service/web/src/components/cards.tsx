import { shown } from "./columns";
import type { ListProps } from "./grid";

/** The same rows where there is no room for a table: the first column as a heading, and the main ones. */
export function Cards<T>({ caption, columns, rows, rowId, actions, selection }: ListProps<T>) {
  const [first, ...rest] = columns;
  const main = rest.filter((column) => column.main);
  if (!first) return null;
  return (
    <ul aria-label={caption} className="divide-y">
      {rows.map((row) => {
        const id = rowId(row);
        return (
          <li key={id} className="flex flex-col gap-2 px-4 py-3">
            <div className="flex min-w-0 items-start gap-3">
              {selection && (
                <input
                  type="checkbox"
                  aria-label={`Choose ${String(first.value(row) ?? id)}`}
                  checked={selection.isTicked(id)}
                  onChange={(event) => selection.tick(id, event.target.checked)}
                  className="mt-0.5 size-5 shrink-0 accent-accent"
                />
              )}
              <div className="min-w-0 flex-1 font-medium break-words">{shown(first, row)}</div>
              {actions?.(row)}
            </div>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
              {main.map((column) => (
                <div key={column.id} className="contents">
                  <dt className="text-muted">{column.header}</dt>
                  <dd className="min-w-0 break-words tabular-nums">{shown(column, row)}</dd>
                </div>
              ))}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
