import type { ReactNode, Ref } from "react";
import type { Capabilities } from "~/bindings/Capabilities";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Webhook } from "~/bindings/Webhook";
import { Button } from "~/components";
import styles from "../EditorForm.module.css";
import { shorten } from "../shorten";

type Props = {
  capabilities: Capabilities;
  provider: ProviderInfo;
  creating: boolean;
  isReadOnly: boolean;
  /** The webhook a new one is made from. */
  source: Webhook | null;
  headingRef: Ref<HTMLHeadingElement>;
  onStartFrom: () => void;
  /** Stands at the end. */
  children: ReactNode;
};

/** What the form is about, and for a new webhook the way to start from another one. */
export function FormHeader(props: Props) {
  const { capabilities, provider, creating, isReadOnly, source, headingRef, onStartFrom, children } = props;
  return (
    <header className={styles.header}>
      <h1 ref={headingRef} tabIndex={-1}>
        {creating ? "New webhook" : isReadOnly ? "View webhook" : "Edit webhook"}
      </h1>
      <span className={styles.about} title={source?.title}>
        {provider.name}
        {capabilities.onOff.type === "alwaysOn" && ", always on"}
        {source !== null && (
          <>
            , made from “<bdi>{shorten(source.title)}</bdi>”
          </>
        )}
      </span>
      <span className={styles.start}>
        {creating && !isReadOnly && (
          <Button size="sm" variant="ghost" onPress={onStartFrom}>
            Start from another webhook…
          </Button>
        )}
        {children}
      </span>
    </header>
  );
}
