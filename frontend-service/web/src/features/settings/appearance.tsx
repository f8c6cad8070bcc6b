import { Panel } from "@/components/panel";
import { useNow } from "@/lib/clock";
import { fullMoment, timeZone } from "@/lib/format";
import { setTheme, type Theme, useTheme } from "@/lib/theme";
import { classes } from "@/lib/words";

const themes: readonly { theme: Theme; label: string; help: string }[] = [
  { theme: "system", label: "As the system", help: "Changes with it" },
  { theme: "light", label: "Light", help: "Paper" },
  { theme: "dark", label: "Dark", help: "Night shift" },
];

/** How this browser shows Pulse; nobody else sees a difference. */
export function Appearance() {
  const current = useTheme();
  const now = useNow();
  return (
    <div className="flex flex-col gap-5">
      <Panel title="Theme" aside="of this browser">
        <div role="radiogroup" aria-label="Theme" className="grid gap-3 sm:grid-cols-3">
          {themes.map(({ theme, label, help }) => (
            <label
              key={theme}
              className={classes(
                "flex cursor-pointer items-center gap-3 rounded-md border px-4 py-3 has-focus-visible:outline-2 has-focus-visible:outline-accent",
                current === theme ? "border-accent bg-accent-soft" : "hover:bg-hover",
              )}
            >
              <input type="radio" name="theme" value={theme} checked={current === theme} onChange={() => setTheme(theme)} className="size-4 accent-accent" />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="text-sm text-muted">{help}</span>
              </span>
            </label>
          ))}
        </div>
      </Panel>
      <Panel title="Time and numbers" aside="as your browser says">
        <p className="text-sm">
          Times are in <b>{timeZone}</b>, such as {fullMoment(now)}. Numbers are written as in {navigator.language}.
        </p>
      </Panel>
    </div>
  );
}
