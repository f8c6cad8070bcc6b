import { Columns3, Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { saveCsv } from "@/lib/csv";
import { Button } from "./button";
import { type Column, csvRows } from "./columns";
import { Menu, MenuChoice, MenuLabel } from "./menu";
import { tellFailure } from "./toast";

/** What stands above a table: filters, the choice of columns, and all rows as a file. */
export function TableTools<T>({ caption, columns, rows, allRows, filters, visible, onVisible }: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  allRows?: () => AsyncIterable<readonly T[]>;
  filters?: ReactNode;
  visible: Readonly<Record<string, boolean>>;
  onVisible: (id: string, on: boolean) => void;
}) {
  const [saving, setSaving] = useState(false);

  async function* pages() {
    if (!allRows) yield csvRows(columns, rows);
    else for await (const page of allRows()) yield csvRows(columns, page);
  }

  async function download() {
    setSaving(true);
    const name = `pulse-${caption.toLowerCase().replaceAll(/\W+/g, "-")}.csv`;
    await saveCsv(name, columns.map((column) => column.header), pages()).catch(tellFailure);
    setSaving(false);
  }

  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{filters}</div>
      <Menu trigger={<Button look="quiet" small label="Columns" icon={<Columns3 size={15} />} className="max-sm:hidden" />}>
        <MenuLabel>Columns</MenuLabel>
        {columns.map((column) => (
          <MenuChoice
            key={column.id}
            checked={visible[column.id] !== false}
            onChange={(on) => onVisible(column.id, on)}
          >
            {column.header}
          </MenuChoice>
        ))}
      </Menu>
      <Button
        look="quiet"
        small
        label="All rows as a CSV file"
        busy={saving}
        icon={<Download size={15} />}
        onClick={() => void download()}
      />
    </div>
  );
}
