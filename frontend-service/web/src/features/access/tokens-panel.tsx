import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { makeToken, tokensQuery, withdrawToken } from "@/api/session";
import { asProblem, type Problem } from "@/api/problem";
import type { MadeToken, ScriptToken } from "@/api/types";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Dialog } from "@/components/dialog";
import { Check, TextField } from "@/components/field";
import { Empty, Loaded, Panel } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { SecretOnce } from "@/components/secret-once";
import { Since, Time } from "@/components/time";
import { tell } from "@/components/toast";
import { useProfile } from "@/lib/me";

/** Tokens by which the reader's scripts come in. */
export function TokensPanel() {
  const tokens = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [doomed, setDoomed] = useState<ScriptToken | null>(null);
  return (
    <Panel title="Tokens for scripts" flush aside={<Button small look="primary" onClick={() => setMaking(true)}>Make one</Button>}>
      <Loaded query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="No token">A script that uses the API sends one; it can do no more than what you allow it.</Empty>
          ) : (
            <ul className="divide-y">
              {all.map((token) => (
                <li key={token.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-sm">
                  <span className="min-w-0 flex-1 basis-60">
                    <span className="font-medium">{token.name}</span>{" "}
                    <span className="font-mono text-xs text-muted">{token.hint}…</span>
                    <span className="block text-muted">
                      {token.permissions.join(", ")}; ends <Time at={token.expiresAt} />, last used <Since at={token.lastUsedAt} none="never" />
                    </span>
                  </span>
                  <Button small look="danger" onClick={() => setDoomed(token)}>Withdraw</Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && (
        <MakeToken
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
            void tokens.refetch();
          }}
        />
      )}
      {made && (
        <SecretOnce title={`The token ${made.token.name}`} secret={made.secret} onClose={() => setMade(null)}>
          Send it as <span className="font-mono text-xs">Authorization: Bearer …</span> with every request.
        </SecretOnce>
      )}
      {doomed && (
        <Confirm
          title={`Withdraw ${doomed.name}?`}
          consequence="Scripts that use it are refused from now on. It cannot be brought back."
          action="Withdraw"
          danger
          onConfirm={async () => {
            await withdrawToken(doomed.id);
            void tokens.refetch();
            tell("Withdrawn");
          }}
          onClose={() => setDoomed(null)}
        />
      )}
    </Panel>
  );
}

function MakeToken({ onMade, onClose }: { onMade: (made: MadeToken) => void; onClose: () => void }) {
  const held = useProfile().permissions;
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [chosen, setChosen] = useState<readonly string[]>(["jobs:read"].filter((each) => held.includes(each)));
  const [problem, setProblem] = useState<Problem | null>(null);
  const why = name.trim() === "" ? "Give it a name first." : chosen.length === 0 ? "Choose what it may." : null;

  async function make() {
    if (why) return;
    await makeToken(name, Number(days), [...chosen]).then(onMade, (thrown: unknown) => setProblem(asProblem(thrown)));
  }

  return (
    <Dialog title="Make a token" onClose={onClose} footer={<Button look="primary" why={why} onClick={() => void make()}>Make it</Button>}>
      <form className="flex flex-col gap-4 px-5 py-4" onSubmit={(event) => (event.preventDefault(), void make())}>
        <TextField label="Name" help="What it is for." required maxLength={100} value={name} error={problem?.fields["name"]} onChange={setName} />
        <TextField label="Valid for (days)" type="number" min={1} max={365} value={days} error={problem?.fields["days"]} onChange={setDays} />
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-2 text-sm font-medium">What it may</legend>
          {held.map((permission) => (
            <Check
              key={permission}
              label={<span className="font-mono text-xs">{permission}</span>}
              checked={chosen.includes(permission)}
              onChange={(on) => setChosen(on ? [...chosen, permission] : chosen.filter((each) => each !== permission))}
            />
          ))}
        </fieldset>
        {problem && <ProblemNote thrown={problem} />}
      </form>
    </Dialog>
  );
}
