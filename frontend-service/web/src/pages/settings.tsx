import { useNavigate, useSearch } from "@tanstack/react-router";
import { AllJobs, PauseNote } from "@/components/all-jobs";
import { PageHead } from "@/components/page-head";
import { Tabs } from "@/components/tabs";
import { About } from "@/features/settings/about";
import { AlertsPanel } from "@/features/settings/alerts-panel";
import { Appearance } from "@/features/settings/appearance";
import { OrchestratorSettings } from "@/features/settings/orchestrator-form";
import { useProfile } from "@/lib/me";

export function SettingsPage() {
  const { tab } = useSearch({ from: "/inside/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const mayRead = useProfile().permissions.includes("jobs:read");
  return (
    <>
      <PageHead title="Settings" lead="What holds for everybody, and how this browser shows it" />
      <Tabs
        label="Settings"
        current={tab ?? (mayRead ? "orchestrator" : "appearance")}
        onChange={(next) => void navigate({ search: { tab: next } })}
        tabs={[
          ...(mayRead
            ? [
                {
                  id: "orchestrator" as const,
                  label: "Jobs",
                  content: (
                    <div className="flex flex-col gap-5">
                      <PauseNote />
                      <div className="flex gap-2">
                        <AllJobs />
                      </div>
                      <OrchestratorSettings />
                    </div>
                  ),
                },
              ]
            : []),
          { id: "alerts" as const, label: "Alerts", content: <AlertsPanel /> },
          { id: "appearance" as const, label: "Appearance", content: <Appearance /> },
          { id: "about" as const, label: "About", content: <About /> },
        ]}
      />
    </>
  );
}
