import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { endOtherSessions, endSession, sessionsQuery } from "@/api/session";
import type { SessionView } from "@/api/types";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Loaded, Panel } from "@/components/panel";
import { Tag } from "@/components/status";
import { Since, Time } from "@/components/time";
import { tell } from "@/components/toast";

/** Where the reader is signed in. */
export function SessionsPanel() {
  const sessions = useQuery(sessionsQuery);
  const [asked, setAsked] = useState<SessionView | "others" | null>(null);
  const others = sessions.data?.some((session) => !session.current) ?? false;
  return (
    <Panel
      title="Where you are signed in"
      flush
      aside={
        <Button small why={others ? null : "There is no other session."} onClick={() => setAsked("others")}>
          End all others
        </Button>
      }
    >
      <Loaded query={sessions}>
        {(all) => (
          <ul className="divide-y">
            {all.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-sm">
                <span className="min-w-0 flex-1 basis-60">
                  <span className="flex items-center gap-2 font-medium">
                    {session.device ?? "An unknown device"} {session.current && <Tag tone="good">this one</Tag>}
                  </span>
                  <span className="text-muted">
                    from {session.address}, since <Time at={session.createdAt} />, last used <Since at={session.lastUsedAt} />
                  </span>
                </span>
                {!session.current && (
                  <Button small onClick={() => setAsked(session)}>
                    End
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {asked && (
        <Confirm
          title={asked === "others" ? "End all other sessions?" : `End the session of ${asked.device ?? "an unknown device"}?`}
          consequence="Whoever uses it has to sign in again. If it was not you, change your password too."
          action="End"
          danger
          onConfirm={async () => {
            await (asked === "others" ? endOtherSessions() : endSession(asked.id));
            void sessions.refetch();
            tell("Ended");
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  );
}
