import { useQuery } from "@tanstack/react-query";
import { partitionsQuery } from "@/api/runs";
import type { PartitionProgress } from "@/api/types";
import type { Column } from "@/components/columns";
import { DataTable } from "@/components/data-table";
import { Drawer } from "@/components/dialog";
import { Loaded } from "@/components/panel";
import { count } from "@/lib/format";

const columns: Column<PartitionProgress>[] = [
  { id: "part", header: "Part", value: (part) => part.label, main: true },
  { id: "stream", header: "Stream", value: (part) => part.streamLabel, main: true },
  { id: "read", header: "Read", value: (part) => part.read, cell: (part) => count(part.read), numeric: true, main: true },
  { id: "new", header: "New", value: (part) => part.inserted, cell: (part) => count(part.inserted), numeric: true },
  { id: "changed", header: "Changed", value: (part) => part.updated, cell: (part) => count(part.updated), numeric: true },
  { id: "standing", header: "How far", value: (part) => part.standing?.words ?? null, hidden: true },
];

/** Each project or repository of each stream. */
export function PartitionsDrawer({ run, onClose }: { run: number; onClose: () => void }) {
  const partitions = useQuery({ ...partitionsQuery(run), staleTime: 0 });
  return (
    <Drawer title="Every partition of this run" onClose={onClose}>
      <Loaded query={partitions}>
        {(all) => (
          <DataTable
            caption="Partitions"
            columns={columns}
            rows={all}
            rowId={(part) => `${part.stream} ${part.partition}`}
            empty={<p className="px-5 py-4 text-sm text-muted">None has been begun.</p>}
          />
        )}
      </Loaded>
    </Drawer>
  );
}
