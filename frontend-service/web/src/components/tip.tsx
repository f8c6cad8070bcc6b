import { Tooltip } from "radix-ui";
import { type ReactElement, type ReactNode, useState } from "react";
import { usePortalHost } from "./portal-host";

export function TipProvider({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delayDuration={250}>{children}</Tooltip.Provider>;
}

/** A few words more about what is under the pointer or has the focus. */
export function Tip({ says, children }: { says: ReactNode; children: ReactElement }) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Root open={open && Boolean(says)} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={usePortalHost()}>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 rounded-md border bg-raised px-2.5 py-1.5 text-xs text-ink shadow-raised"
        >
          {says}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
