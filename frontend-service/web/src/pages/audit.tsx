import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { PageHead } from "@/components/page-head";
import { Tabs } from "@/components/tabs";
import { AuditTable } from "@/features/audit/audit-table";

export function AuditPage() {
  const view = useSearch({ from: "/inside/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const show = useCallback(
    (change: Partial<typeof view>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: !("entry" in change) }),
    [navigate],
  );
  return (
    <>
      <PageHead title="Audit" lead="Who has changed what, when and why; nobody can edit it, and secrets are never in it" />
      <Tabs
        label="Audit"
        current={view.book ?? "engine"}
        onChange={(book) => void navigate({ search: { book } })}
        tabs={[
          { id: "engine", label: "Jobs and connections", content: <AuditTable book="engine" view={view} onView={show} /> },
          { id: "access", label: "People and access", content: <AuditTable book="access" view={view} onView={show} /> },
        ]}
      />
    </>
  );
}
