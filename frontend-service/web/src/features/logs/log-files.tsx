import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cleanLogs, logFilesQuery } from "@/api/operations";
import type { LogFile } from "@/api/types";
import { Button } from "@/components/button";
import type { Column } from "@/components/columns";
import { Confirm } from "@/components/confirm";
import { DataTable } from "@/components/data-table";
import { TextField } from "@/components/field";
import { Empty, Loaded, Panel } from "@/components/panel";
import { Tag } from "@/components/status";
import { Time } from "@/components/time";
import { tell } from "@/components/toast";
import { bytes, plural } from "@/lib/format";
import { useMissing } from "@/lib/me";

const columns: Column<LogFile>[] = [
  {
    id: "name",
    header: "File",
    value: (file) => file.name,
    cell: (file) => (
      <a href={`/api/etl/logs/download/${encodeURIComponent(file.name)}`} download className="font-mono text-xs text-accent hover:underline">
        {file.name}
      </a>
    ),
    main: true,
  },
  { id: "size", header: "Size (bytes)", value: (file) => file.bytes, cell: (file) => bytes(file.bytes), numeric: true, main: true },
  { id: "from", header: "From", value: (file) => file.from, cell: (file) => <Time at={file.from} /> },
  { id: "to", header: "To", value: (file) => file.to, cell: (file) => (file.current ? <Tag tone="busy">being written</Tag> : <Time at={file.to} />), main: true },
];

/** The files of the log, to be fetched, and to be deleted when they are old. */
export function LogFiles() {
  const client = useQueryClient();
  const files = useQuery(logFilesQuery);
  const mayNot = useMissing("settings:write");
  const [asked, setAsked] = useState(false);
  const [days, setDays] = useState("30");
  return (
    <Panel title="Files" flush aside={<Button small why={mayNot} onClick={() => setAsked(true)}>Delete old ones</Button>}>
      <Loaded query={files}>
        {(all) => (
          <DataTable
            caption="Files of the log"
            columns={columns}
            rows={all}
            rowId={(file) => file.name}
            empty={<Empty title="There is no file">The log goes to the terminal alone: set logging.file.name to have files.</Empty>}
          />
        )}
      </Loaded>
      {asked && (
        <Confirm
          title="Delete old files of the log?"
          consequence="Files that ended before are deleted for good. The one being written stays."
          action="Delete"
          danger
          onConfirm={async () => {
            const { deleted, bytes: freed } = await cleanLogs(Number(days));
            await client.invalidateQueries({ queryKey: ["logs"] });
            tell(`${plural(deleted.length, "file")} deleted`, `${bytes(freed)} are free again.`);
          }}
          onClose={() => setAsked(false)}
        >
          <TextField label="Older than (days)" type="number" min={1} value={days} onChange={setDays} />
        </Confirm>
      )}
    </Panel>
  );
}
