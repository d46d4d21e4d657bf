import { useContext, useMemo } from "react";
import { Icon } from "~/components";
import { CodeEditor, CodeField, completeFromSample, sampleFields } from "~/components/editing";
import type { CodeFieldProps } from "~/components/code-field/CodeField";
import { TrialContext, triedWords } from "../sample/contexts";
import styles from "./Transformation.module.css";

/** The expression that makes the body, completed from the sample, with what it makes of it. */
export function TransformationField(props: Omit<CodeFieldProps, "complete" | "children">) {
  const { payload, provider, transformed } = useContext(TrialContext);
  const complete = useMemo(() => completeFromSample(sampleFields(payload)), [payload]);
  const { made } = transformed;
  return (
    <CodeField {...props} complete={complete}>
      {made && (
        <div className={styles.preview} role="group" aria-label={`${props.label}, tried on the sample`}>
          <p className={styles.title}>
            <b>Result on the sample</b> <span>{triedWords(provider)}</span>
          </p>
          {"problem" in made ? (
            <p className={styles.problem} role="status">
              <Icon name="warning" size={12} />
              <span>{made.problem}</span>
            </p>
          ) : (
            <CodeEditor
              label={`${props.label}: result`}
              language="json"
              value={made.text}
              onChange={ignore}
              readOnly
              minLines={1}
              maxLines={12}
            />
          )}
        </div>
      )}
    </CodeField>
  );
}

const ignore = () => undefined;
