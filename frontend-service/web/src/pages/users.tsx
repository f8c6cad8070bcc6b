import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHead } from "@/components/page-head";
import { Tabs } from "@/components/tabs";
import { RolesTab } from "@/features/users/roles-tab";
import { UsersTab } from "@/features/users/users-tab";

export function UsersPage() {
  const view = useSearch({ from: "/inside/users" });
  const navigate = useNavigate({ from: "/users" });
  return (
    <>
      <PageHead title="Users and roles" lead="Who may come in, and what each may do" />
      <Tabs
        label="Users and roles"
        current={view.tab ?? "users"}
        onChange={(tab) => void navigate({ search: { tab } })}
        tabs={[
          {
            id: "users",
            label: "Users",
            content: <UsersTab sort={view.sort} onSort={(sort) => void navigate({ search: (before) => ({ ...before, sort }), replace: true })} />,
          },
          { id: "roles", label: "Roles", content: <RolesTab /> },
        ]}
      />
    </>
  );
}
