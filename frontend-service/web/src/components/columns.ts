import {
  columnVisibilityFeature, createColumnHelper, createSortedRowModel, type RowData, rowSelectionFeature,
  rowSortingFeature, sortFn_alphanumeric, sortFn_text, tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { CsvRow } from "@/lib/csv";

export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
});

/** One column of a table: what it is called, what it is worth, and how that is shown. */
export interface Column<T> {
  id: string;
  header: string;
  /** What is sorted by and exported; null is not known and stands last. */
  value: (row: T) => string | number | null;
  /** How it is shown, if not as the value itself. */
  cell?: (row: T) => ReactNode;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Among the few that phones show. */
  main?: boolean;
  /** Not shown until it is asked for. */
  hidden?: boolean;
}

export function defined<T extends RowData>(columns: readonly Column<T>[]) {
  const helper = createColumnHelper<typeof features, T>();
  return helper.columns(
    columns.map((column) =>
      helper.accessor((row: T) => column.value(row) ?? undefined, {
        id: column.id,
        header: column.header,
        sortUndefined: "last",
      }),
    ),
  );
}

export function shown<T>(column: Column<T>, row: T): ReactNode {
  return column.cell ? column.cell(row) : column.value(row);
}

export function csvRows<T>(columns: readonly Column<T>[], rows: readonly T[]): CsvRow[] {
  return rows.map((row) => columns.map((column) => column.value(row)));
}
