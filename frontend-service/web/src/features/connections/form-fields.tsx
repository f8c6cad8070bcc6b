import type { Problem } from "@/api/problem";
import type { Connector, FormField } from "@/api/types";
import { SelectField, TextArea, TextField } from "@/components/field";
import type { Draft } from "./draft";

interface Props {
  connector: Connector;
  draft: Draft;
  onChange: (draft: Draft) => void;
  problem: Problem | null;
  /** Which secrets are kept already. */
  saved?: Readonly<Record<string, boolean>>;
}

/** The questions that the connector asks, in its words and its order: nothing here knows any source. */
export function FormFields({ connector, draft, onChange, problem, saved = {} }: Props) {
  const error = (field: string) =>
    problem?.fields[field] ?? problem?.fields[`settings.${field}`] ?? problem?.fields[`secrets.${field}`] ?? null;
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label="Name"
        help="As Pulse calls it everywhere."
        value={draft.name}
        maxLength={100}
        error={error("name")}
        onChange={(name) => onChange({ ...draft, name })}
      />
      {connector.form.fields
        .filter((field) => field.type !== "SCOPE")
        .map((field) => (
          <Question key={field.name} field={field} draft={draft} error={error(field.name)} saved={saved[field.name] === true} onChange={onChange} />
        ))}
      <details className="text-sm">
        <summary className="text-muted">Through a proxy, or with a certificate authority of your own</summary>
        <div className="mt-3 flex flex-col gap-4">
          <TextField label="Proxy" placeholder="http://proxy.example:3128" value={draft.proxy} error={error("network.proxy")} onChange={(proxy) => onChange({ ...draft, proxy })} />
          <TextArea label="Certificate authority (PEM)" value={draft.caCertificate} error={error("network.caCertificate")} onChange={(caCertificate) => onChange({ ...draft, caCertificate })} />
        </div>
      </details>
    </div>
  );
}

function Question({ field, draft, error, saved, onChange }: {
  field: FormField;
  draft: Draft;
  error: string | null;
  saved: boolean;
  onChange: (draft: Draft) => void;
}) {
  const label = field.required ? field.label : `${field.label} (optional)`;
  const common = { label, help: field.help ?? "", error };
  if (field.type === "SECRET") {
    const set = (value: string) => onChange({ ...draft, secrets: { ...draft.secrets, [field.name]: value } });
    const value = draft.secrets[field.name] ?? "";
    const help = saved ? `${field.help ?? ""} One is kept; leave this empty to keep it.` : field.help;
    // A private key has lines, a token has not: what has been pasted is not to be broken.
    return value.includes("\n") || /key/i.test(field.label) ? (
      <TextArea {...common} help={help} value={value} onChange={set} />
    ) : (
      <TextField {...common} help={help} type="password" autoComplete="off" spellCheck={false} value={value} onChange={set} />
    );
  }
  const set = (value: string) => onChange({ ...draft, settings: { ...draft.settings, [field.name]: value } });
  const value = draft.settings[field.name] ?? "";
  if (field.type === "SELECT") {
    const options = field.options.map((option) => ({ value: option, label: option }));
    return <SelectField {...common} value={value} options={field.required ? options : [{ value: "", label: "–" }, ...options]} onChange={set} />;
  }
  return (
    <TextField
      {...common}
      type={field.type === "URL" ? "url" : "text"}
      placeholder={field.type === "URL" ? "https://" : undefined}
      spellCheck={false}
      value={value}
      onChange={set}
    />
  );
}
