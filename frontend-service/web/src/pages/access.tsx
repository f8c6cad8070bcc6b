import { PageHead } from "@/components/page-head";
import { SessionsPanel } from "@/features/access/sessions-panel";
import { TokensPanel } from "@/features/access/tokens-panel";

export function AccessPage() {
  return (
    <>
      <PageHead title="Sessions and tokens" lead="By what you, and your scripts, come in" />
      <div className="flex flex-col gap-5">
        <SessionsPanel />
        <TokensPanel />
      </div>
    </>
  );
}
