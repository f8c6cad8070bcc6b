import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "@/lib/words";
import { Tip } from "./tip";

type Look = "primary" | "plain" | "quiet" | "danger";

const looks: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:opacity-90 border-transparent font-medium",
  plain: "bg-surface text-ink hover:bg-hover border-line",
  quiet: "bg-transparent text-muted hover:text-ink hover:bg-hover border-transparent",
  danger: "bg-surface text-bad hover:bg-bad-soft border-line",
};

interface Props extends Omit<ComponentProps<"button">, "disabled"> {
  look?: Look;
  small?: boolean;
  /** What it does, when it shows an icon alone. */
  label?: string;
  icon?: ReactNode;
  busy?: boolean;
  /** Why it cannot be used; it stays reachable so that everybody can read why. */
  why?: string | null | undefined;
}

export function Button({ look = "plain", small, label, icon, busy, why, children, className, onClick, ...rest }: Props) {
  const reason = useId();
  const off = Boolean(why) || busy;
  // The tip stays around the button also when it has nothing to say: else the focus would be lost with the reason.
  return (
    <Tip says={why ?? (children ? null : label)}>
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={why ? reason : rest["aria-describedby"]}
      onClick={(event) => (off ? event.preventDefault() : onClick?.(event))}
      className={classes(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border whitespace-nowrap transition-colors",
        small ? "h-7 px-2 text-xs" : "h-8 px-3 text-sm",
        !children && (small ? "w-7 px-0!" : "w-8 px-0!"),
        looks[look],
        off && "cursor-not-allowed! text-muted! hover:bg-transparent! bg-transparent! border-line!",
        className,
      )}
    >
      {icon}
      {children}
      {why && (
        <span id={reason} hidden>
          {why}
        </span>
      )}
    </button>
    </Tip>
  );
}
