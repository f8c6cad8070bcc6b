import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { updateConnection } from "@/api/connections";
import { asProblem, type Problem } from "@/api/problem";
import type { Connection, Connector } from "@/api/types";
import { Button } from "@/components/button";
import { Drawer } from "@/components/dialog";
import { ProblemNote } from "@/components/problem-note";
import { tell } from "@/components/toast";
import { useMissing } from "@/lib/me";
import { draftOf, inputOf, unanswered } from "./draft";
import { FormFields } from "./form-fields";

export function EditConnection({ connection, connector, onClose }: {
  connection: Connection;
  connector: Connector;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const mayNot = useMissing("connections:write");
  const [draft, setDraft] = useState(() => draftOf(connection));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const missing = unanswered(connector, draft, connection.secrets);
  const why = mayNot ?? (missing.length > 0 ? `Still to be filled in: ${missing.join(", ")}.` : null);

  async function save() {
    setBusy(true);
    setProblem(null);
    try {
      await updateConnection(connection.id, inputOf(connector.id, draft, connection.version));
      await client.invalidateQueries({ queryKey: ["connections"] });
      tell(`${draft.name} is saved`);
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }

  return (
    <Drawer
      title={`Edit ${connection.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button look="primary" busy={busy} why={why} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 px-5 py-4">
        <p className="text-sm text-muted">Another address takes the secrets away: they are for the one they were entered with.</p>
        <FormFields connector={connector} draft={draft} onChange={setDraft} problem={problem} saved={connection.secrets} />
        {problem && <ProblemNote thrown={problem} />}
      </div>
    </Drawer>
  );
}
