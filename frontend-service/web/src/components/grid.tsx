import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { classes } from "@/lib/words";
import { type Column, shown } from "./columns";

export interface Selection {
  isTicked: (id: string) => boolean;
  tick: (id: string, on: boolean) => void;
  all: boolean;
  tickAll: (on: boolean) => void;
}

export interface ListProps<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  actions?: (row: T) => ReactNode;
  selection: Selection | null;
}

const manyRows = 80;

/** Rows and columns, with a head that stays; of many rows only those in sight are made. */
export function Grid<T>({ caption, columns, rows, rowId, actions, selection, sort, sortable, onSort }: ListProps<T> & {
  sort: string | undefined;
  sortable: boolean;
  onSort: (id: string) => void;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 45,
    overscan: 20,
    enabled: rows.length > manyRows,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const seen = rows.length > manyRows ? virtual.getVirtualItems() : null;
  const before = seen?.[0] ? seen[0].start - virtual.options.scrollMargin : 0;
  const after = seen?.length ? virtual.getTotalSize() - (seen.at(-1)?.end ?? 0) + virtual.options.scrollMargin : 0;
  const visible = seen ? seen.map((item) => item.index) : rows.keys();
  const width = columns.length + (selection ? 1 : 0) + (actions ? 1 : 0);

  return (
    <div className="relative overflow-x-auto lg:overflow-x-visible">
      <table aria-rowcount={rows.length + 1} className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection && (
              <th className={head}>
                <input
                  type="checkbox"
                  aria-label="Choose all"
                  checked={selection.all}
                  onChange={(event) => selection.tickAll(event.target.checked)}
                  className="size-4 align-middle accent-accent"
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} sortable={sortable} onSort={onSort} />
            ))}
            {actions && (
              <th className={head}>
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={body}>
          {before > 0 && <Gap height={before} width={width} />}
          {[...visible].map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            const id = rowId(row);
            return (
              <tr key={id} aria-rowindex={index + 2} className="group hover:bg-hover">
                {selection && (
                  <td className={cell}>
                    <input
                      type="checkbox"
                      aria-label={`Choose ${String(columns[0]?.value(row) ?? id)}`}
                      checked={selection.isTicked(id)}
                      onChange={(event) => selection.tick(id, event.target.checked)}
                      className="size-4 align-middle accent-accent"
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.id} className={classes(cell, column.numeric && "text-right tabular-nums")}>
                    {shown(column, row)}
                  </td>
                ))}
                {actions && <td className={classes(cell, "text-right")}>{actions(row)}</td>}
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} width={width} />}
        </tbody>
      </table>
    </div>
  );
}

const head = "align-middle sticky top-0 z-10 border-b bg-surface px-3 py-2 text-left text-xs font-medium text-muted first:pl-4 last:pr-4";
const cell = "border-b px-3 py-2 align-middle first:pl-4 last:pr-4 group-last:border-b-0";

function Gap({ height, width }: { height: number; width: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0 }} />
    </tr>
  );
}

function Head<T>({ column, sort, sortable, onSort }: {
  column: Column<T>;
  sort: string | undefined;
  sortable: boolean;
  onSort: (id: string) => void;
}) {
  const down = sort === `-${column.id}`;
  const up = sort === column.id;
  return (
    <th
      scope="col"
      aria-sort={up ? "ascending" : down ? "descending" : undefined}
      className={classes(head, column.numeric && "text-right")}
    >
      {sortable ? (
        <button
          type="button"
          onClick={() => onSort(column.id)}
          className={classes("inline-flex items-center gap-1 rounded-sm align-middle whitespace-nowrap hover:text-ink", column.numeric && "flex-row-reverse")}
        >
          {column.header}
          <span className="w-3" aria-hidden>
            {up && <ArrowUp size={12} />}
            {down && <ArrowDown size={12} />}
          </span>
        </button>
      ) : (
        <span className="whitespace-nowrap">{column.header}</span>
      )}
    </th>
  );
}
