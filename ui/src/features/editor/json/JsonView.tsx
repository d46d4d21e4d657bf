import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { FieldOption } from "~/bindings/FieldOption";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Offer } from "~/bindings/Offer";
import type { Webhook } from "~/bindings/Webhook";
import { Icon } from "~/components";
import { pointerOf } from "~/components/code-editor/json-place";
import type { Diagnostic, EditorHandle, EditorProblem } from "~/components/code-editor/types";
import { CodeEditor } from "~/components/editing";
import type { Problem, WebhookForm } from "../form/use-webhook-form";
import { completionsAt } from "./complete";
import type { DocumentContext } from "./document";
import styles from "./JsonView.module.css";
import { layoutOf } from "./layout";
import { KEPT, TYPED } from "./placeholders";
import { ProblemList } from "./ProblemList";
import { useJsonText } from "./use-json-text";
import { type JsonHandle, type JsonReport, pathOfPlace, placeOfPath } from "./use-view-mode";

type Props = {
  form: Pick<WebhookForm, "initial" | "values" | "set" | "problems">;
  offer: Offer;
  webhook: Webhook | null;
  creating: boolean;
  providerName: string;
  options: ReadonlyMap<FieldPath, { options: FieldOption[] | undefined }>;
  isReadOnly: boolean;
  handle: Ref<JsonHandle>;
  onReport: (report: JsonReport) => void;
};

/** The whole configuration as one JSON text, in step with the form. */
export default function JsonView(props: Props) {
  const { form, offer, webhook, creating, providerName, isReadOnly, onReport } = props;
  const context = useDocumentContext(offer, webhook, creating, form.initial);
  const { text, analysis, edit } = useJsonText(context, form.values, form.set);
  const [problems, setProblems] = useState<readonly EditorProblem[]>([]);
  const editor = useRef<EditorHandle>(null);
  const hint = useId();
  const hasFaults = analysis.values === null;
  const diagnostics = useRefusals(analysis.diagnostics, form.problems, context);

  const errors = useMemo(() => problems.filter(({ severity }) => severity === "error"), [problems]);

  useEffect(() => {
    onReport({ hasFaults, problems: errors.map(reported) });
  }, [onReport, hasFaults, errors]);

  const goToFirst = () => {
    const found = diagnostics.find(({ severity }) => severity === "error");
    editor.current?.goTo(errors[0] ?? found ?? { pointer: "" });
  };
  useImperativeHandle(props.handle, () => ({
    goToFirst,
    stops: () => {
      if (analysis.errors > 0) goToFirst();
      return analysis.errors > 0;
    },
    goTo: (path) => {
      const from = placeOfPath(path);
      const pointer = pointerOf(context.layout.keysOf(path) ?? []);
      editor.current?.goTo(from === null ? { pointer } : { from });
    },
  }));

  return (
    <section className={styles.view} aria-label="Configuration as JSON">
      <p className={styles.hint} id={hint}>
        {isReadOnly ? <ReadHint /> : <EditHint />}
      </p>
      <CodeEditor
        label="Configuration as JSON"
        language="json"
        value={text}
        onChange={edit}
        readOnly={isReadOnly}
        describedBy={hint}
        diagnostics={diagnostics}
        onProblems={setProblems}
        complete={(place) =>
          completionsAt(place, {
            ...context,
            values: form.values,
            options: (path) => props.options.get(path)?.options,
          })
        }
        isFilling
        hidesProblems
        handle={editor}
      />
      <ProblemList
        problems={problems}
        isHeldBack={hasFaults && !isReadOnly}
        onGo={(problem) => editor.current?.goTo({ from: problem.from })}
      />
      {webhook !== null && webhook.preserved.length > 0 && (
        <p className={styles.preserved}>
          <Icon name="info" size={12} />
          <span>
            Also stored by {providerName} and kept as they are: <bdi>{webhook.preserved.join(", ")}</bdi>
          </span>
        </p>
      )}
    </section>
  );
}

function reported({ from, line, message }: EditorProblem): Problem {
  return { path: pathOfPlace(from), section: "JSON", label: `line ${line}`, message };
}

function EditHint() {
  return (
    <>
      <code>{KEPT}</code> leaves a stored secret as it is, <code>{TYPED}</code> stands for one typed before,{" "}
      <code>null</code> removes it, any other text is its new value. What is left out is empty.{" "}
      <span className={styles.keys}>
        Ctrl+Space lists what can stand here, F8 goes to the next problem, Escape then Tab leaves.
      </span>
    </>
  );
}

function ReadHint() {
  return (
    <>
      <code>{KEPT}</code> stands for a stored secret. This organisation is read only here, so nothing can be
      changed.
    </>
  );
}

function useDocumentContext(
  { capabilities, catalogue }: Offer,
  webhook: Webhook | null,
  creating: boolean,
  initial: DocumentContext["initial"],
): DocumentContext {
  return useMemo(
    () => ({ capabilities, catalogue, layout: layoutOf(capabilities), initial, creating, webhook }),
    [capabilities, catalogue, initial, creating, webhook],
  );
}

/** What the host refused stands at its field too, until that changes. */
function useRefusals(
  own: Diagnostic[],
  refused: { path: FieldPath; message: string }[],
  { layout }: DocumentContext,
): Diagnostic[] {
  const key = JSON.stringify(refused.map(({ path, message }) => [path, message]));
  return useMemo(() => {
    const named = new Set(own.flatMap((one) => ("pointer" in one ? one.pointer : [])));
    const others = (JSON.parse(key) as [path: FieldPath, message: string][]).flatMap(
      ([path, message]): Diagnostic[] => {
        const pointer = pointerOf(layout.keysOf(path) ?? []);
        return named.has(pointer) ? [] : [{ severity: "error", message, pointer }];
      },
    );
    return [...own, ...others];
  }, [own, key, layout]);
}
