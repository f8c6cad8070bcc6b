import { useInfiniteQuery } from "@tanstack/react-query";
import { Ellipsis, UserPlus } from "lucide-react";
import { useState } from "react";
import { endUserSessions, resetUser, setActive, usersQuery } from "@/api/operations";
import type { OneTimeLink, User } from "@/api/types";
import { Button } from "@/components/button";
import type { Column } from "@/components/columns";
import { Confirm } from "@/components/confirm";
import { DataTable } from "@/components/data-table";
import { Menu, MenuItem, MenuLine } from "@/components/menu";
import { Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { SecretOnce } from "@/components/secret-once";
import { Tag } from "@/components/status";
import { Time } from "@/components/time";
import { tell } from "@/components/toast";
import { useProfile } from "@/lib/me";
import { sentence } from "@/lib/words";
import { UserDialog } from "./user-dialogs";

const columns: Column<User>[] = [
  { id: "name", header: "Name", value: (user) => user.name, cell: (user) => <span className="font-medium">{user.name}</span>, main: true },
  { id: "email", header: "E-mail", value: (user) => user.email, cell: (user) => <span className="break-all">{user.email}</span>, main: true },
  { id: "role", header: "Role", value: (user) => sentence(user.role), main: true },
  {
    id: "state",
    header: "State",
    value: (user) => (!user.active ? "deactivated" : user.invited ? "invited" : "active"),
    cell: (user) => (!user.active ? <Tag>deactivated</Tag> : user.invited ? <Tag tone="wait">invitation pending</Tag> : <Tag tone="good">active</Tag>),
    main: true,
  },
  { id: "sees", header: "Sees", value: (user) => (user.connections ? `${user.connections.length} connections` : "all connections") },
  { id: "since", header: "Since", value: (user) => user.createdAt, cell: (user) => <Time at={user.createdAt} /> },
];

type Asked = { kind: keyof typeof acts; user: User } | { kind: "change"; user: User } | { kind: "invite" } | null;

const acts = {
  deactivate: { title: "Deactivate", text: "Cannot sign in any more; sessions and tokens end at once. What was done stays in the audit log.", danger: true },
  activate: { title: "Activate", text: "Can sign in again with the password of before.", danger: false },
  reset: { title: "Reset the password of", text: "A link is made by which another password is chosen. All sessions end.", danger: false },
  sessions: { title: "End all sessions of", text: "Has to sign in again everywhere.", danger: false },
} as const;

export function UsersTab({ sort, onSort }: { sort: string | undefined; onSort: (sort: string | undefined) => void }) {
  const query = useInfiniteQuery(usersQuery);
  const me = useProfile().user;
  const [asked, setAsked] = useState<Asked>(null);
  const [link, setLink] = useState<{ link: OneTimeLink; name: string } | null>(null);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const close = () => setAsked(null);

  async function act(kind: keyof typeof acts, user: User) {
    if (kind === "reset") setLink({ link: await resetUser(user.id), name: user.name });
    else if (kind === "sessions") await endUserSessions(user.id);
    else await setActive(user.id, kind === "activate");
    void query.refetch();
    tell(`${acts[kind].title} ${user.name}: done`);
  }

  return (
    <div className="rounded-lg border bg-surface">
      {query.isError && <div className="p-4"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>}
      {query.isPending && <Skeleton rows={5} className="p-4" />}
      {query.isSuccess && (
        <DataTable
          caption="Users"
          columns={columns}
          rows={rows}
          rowId={(user) => `${user.id}`}
          sort={sort}
          onSort={onSort}
          more={query.hasNextPage ? { fetch: () => void query.fetchNextPage(), fetching: query.isFetchingNextPage } : null}
          filters={
            <Button small look="primary" icon={<UserPlus size={14} />} onClick={() => setAsked({ kind: "invite" })}>
              Invite somebody
            </Button>
          }
          actions={(user) => (
            <Menu trigger={<Button small look="quiet" label={`More for ${user.name}`} icon={<Ellipsis size={15} />} />}>
              <MenuItem onSelect={() => setAsked({ kind: "change", user })}>Name and role…</MenuItem>
              <MenuItem onSelect={() => setAsked({ kind: "reset", user })}>Reset the password…</MenuItem>
              <MenuItem onSelect={() => setAsked({ kind: "sessions", user })}>End all sessions…</MenuItem>
              <MenuLine />
              {user.active ? (
                <MenuItem danger why={user.id === me.id ? "That is you." : null} onSelect={() => setAsked({ kind: "deactivate", user })}>
                  Deactivate…
                </MenuItem>
              ) : (
                <MenuItem onSelect={() => setAsked({ kind: "activate", user })}>Activate…</MenuItem>
              )}
            </Menu>
          )}
        />
      )}
      {asked && (asked.kind === "invite" || asked.kind === "change") && (
        <UserDialog
          user={asked.kind === "change" ? asked.user : null}
          onClose={close}
          onDone={(invited) => {
            close();
            void query.refetch();
            if (invited) setLink({ link: invited.link, name: invited.user.name });
            else tell("Saved");
          }}
        />
      )}
      {asked && asked.kind !== "invite" && asked.kind !== "change" && (
        <Confirm
          title={`${acts[asked.kind].title} ${asked.user.name}?`}
          consequence={acts[asked.kind].text}
          action={acts[asked.kind].title.split(" ")[0] ?? ""}
          danger={acts[asked.kind].danger}
          onConfirm={() => act(asked.kind, asked.user)}
          onClose={close}
        />
      )}
      {link && (
        <SecretOnce title={`The link for ${link.name}`} secret={link.link.url} onClose={() => setLink(null)}>
          Send it on a way that nobody else reads. By it a password is chosen, once, until <Time at={link.link.expiresAt} />.
        </SecretOnce>
      )}
    </div>
  );
}
