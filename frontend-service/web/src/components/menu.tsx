import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { usePortalHost } from "./portal-host";
import { classes } from "@/lib/words";

/** A menu that opens from a button. It does not lock the page behind it. */
export function Menu({ trigger, children, align = "end" }: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={usePortalHost()}>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 min-w-48 rounded-lg border bg-raised p-1 text-sm shadow-raised"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const item =
  "flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-highlighted:bg-hover " +
  "data-disabled:cursor-not-allowed data-disabled:text-muted";

export function MenuItem({ icon, children, onSelect, danger, why }: {
  icon?: ReactNode;
  children: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  why?: string | null | undefined;
}) {
  return (
    <DropdownMenu.Item
      aria-disabled={why ? true : undefined}
      onSelect={(event) => (why ? event.preventDefault() : onSelect())}
      className={classes(item, danger && !why && "text-bad", why && "text-muted")}
    >
      {icon}
      <span className="min-w-0">
        {children}
        {why && <span className="block max-w-56 text-xs">{why}</span>}
      </span>
    </DropdownMenu.Item>
  );
}

export function MenuChoice({ checked, children, onChange }: {
  checked: boolean;
  children: ReactNode;
  onChange: (checked: boolean) => void;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={item}
    >
      <span className="w-4 text-accent" aria-hidden>
        {checked ? "✓" : ""}
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs text-muted">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
