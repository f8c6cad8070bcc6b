import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "@/lib/words";

const box =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink placeholder:text-muted " +
  "aria-invalid:border-bad max-sm:text-[1rem]";

interface Common {
  label: string;
  help?: ReactNode;
  error?: string | null | undefined;
}

function Frame({ label, help, error, id, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="text-xs text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

function described(id: string, { help, error }: Pick<Common, "help" | "error">) {
  return classes(error && `${id}-error`, help ? `${id}-help` : null) || undefined;
}

type TextProps = Common & Omit<ComponentProps<"input">, "onChange" | "value"> & {
  value: string;
  onChange: (value: string) => void;
  aside?: ReactNode;
};

export function TextField({ label, help, error, onChange, aside, ...rest }: TextProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <div className="flex gap-1.5">
        <input
          {...rest}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described(id, { help, error })}
          onChange={(event) => onChange(event.target.value)}
          className={classes(box, "h-9 min-w-0")}
        />
        {aside}
      </div>
    </Frame>
  );
}

export function TextArea({ label, help, error, value, onChange, rows = 4 }: Common & {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
}) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <textarea
        id={id}
        rows={rows}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, { help, error })}
        onChange={(event) => onChange(event.target.value)}
        className={classes(box, "py-1.5")}
      />
    </Frame>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function SelectField({ label, help, error, value, options, onChange }: Common & {
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, { help, error })}
        onChange={(event) => onChange(event.target.value)}
        className={classes(box, "h-9")}
      >
        <Options of={options} />
      </select>
    </Frame>
  );
}

/** A choice that stands in a line of filters: its label is for those who do not see the line. */
export function Pick({ label, value, options, onChange }: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 max-w-52 rounded-md border bg-surface px-2 text-sm text-ink hover:bg-hover"
    >
      <Options of={options} />
    </select>
  );
}

function Options({ of }: { of: readonly Option[] }) {
  return of.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
}

export function Check({ label, help, checked, onChange }: {
  label: ReactNode;
  help?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <label htmlFor={id} className="min-w-0 text-sm">
        {label}
        {help && <span className="block text-xs text-muted">{help}</span>}
      </label>
    </div>
  );
}
