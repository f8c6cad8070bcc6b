import { type RowSelectionState, type SortingState, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { usePhone } from "@/lib/media";
import { Button } from "./button";
import { Cards } from "./cards";
import { type Column, defined, features } from "./columns";
import { Grid } from "./grid";
import { TableTools } from "./table-tools";

interface Props<T> {
  /** What the rows are, for those who cannot see them. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** What may stand at the end of a row: its actions. */
  actions?: (row: T) => ReactNode;
  /** Given when there are more rows than have been fetched. */
  more?: { fetch: () => void; fetching: boolean } | null;
  /** Gives all rows for the file, also those that have not been fetched. */
  allRows?: () => AsyncIterable<readonly T[]>;
  /** Called for the rows that are ticked; without it none can be. */
  bulk?: (ticked: readonly T[], done: () => void) => ReactNode;
  filters?: ReactNode;
  /** Stands in the place of the rows when there are none. */
  empty?: ReactNode;
  /** How it is sorted, as the address says it: a column's id, with - before it for downwards. */
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
}

/**
 * The one table of the dashboard. Rows are sorted here only when all of them are here: a part that is sorted
 * would look like the whole.
 */
export function DataTable<T extends object>(props: Props<T>) {
  const { columns, rows, rowId, more, bulk } = props;
  const phone = usePhone();
  const [ownSort, setOwnSort] = useState<string>();
  const [visible, setVisible] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(columns.filter((column) => column.hidden).map((column) => [column.id, false])),
  );
  const [ticked, setTicked] = useState<RowSelectionState>({});
  const sort = props.onSort ? props.sort : ownSort;
  const sorting = useMemo<SortingState>(() => (sort && !more ? [read(sort)] : []), [sort, more]);
  const table = useTable({
    features,
    columns: useMemo(() => defined(columns), [columns]),
    data: rows as T[],
    getRowId: rowId,
    state: { sorting, columnVisibility: visible, rowSelection: ticked },
    onSortingChange: (next) => {
      const [first] = typeof next === "function" ? next(sorting) : next;
      const words = first ? `${first.desc ? "-" : ""}${first.id}` : undefined;
      (props.onSort ?? setOwnSort)(words);
    },
    onColumnVisibilityChange: setVisible,
    onRowSelectionChange: setTicked,
    enableSorting: !more,
  });
  const sorted = table.getRowModel().rows;
  const chosen = bulk ? rows.filter((row) => ticked[rowId(row)]) : [];
  const shownColumns = columns.filter((column) => visible[column.id] !== false);
  const selection = bulk
    ? {
        isTicked: (id: string) => ticked[id] === true,
        tick: (id: string, on: boolean) => setTicked(({ [id]: _before, ...rest }) => (on ? { ...rest, [id]: true } : rest)),
        all: rows.length > 0 && chosen.length === rows.length,
        tickAll: (on: boolean) => setTicked(on ? Object.fromEntries(rows.map((row) => [rowId(row), true as const])) : {}),
      }
    : null;
  const list = { ...props, selection, columns: shownColumns, rows: sorted.map((row) => row.original) };

  return (
    <div className="min-w-0">
      <TableTools
        {...props}
        columns={columns}
        visible={visible}
        onVisible={(id, on) => setVisible((before) => ({ ...before, [id]: on }))}
      />
      {bulk && chosen.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 border-b bg-accent-soft px-4 py-2 text-sm">
          <span className="font-medium">{chosen.length} chosen</span>
          {bulk(chosen, () => setTicked({}))}
        </div>
      )}
      {rows.length === 0 ? props.empty : phone ? <Cards {...list} /> : <Grid {...list} sort={sort} sortable={!more} onSort={(id) => table.getColumn(id)?.toggleSorting()} />}
      {more && (
        <div className="flex justify-center border-t p-3">
          <Button busy={more.fetching} onClick={more.fetch}>
            {more.fetching ? "Fetching…" : "Show more"}
          </Button>
        </div>
      )}
    </div>
  );
}

function read(sort: string) {
  return sort.startsWith("-") ? { id: sort.slice(1), desc: true } : { id: sort, desc: false };
}
