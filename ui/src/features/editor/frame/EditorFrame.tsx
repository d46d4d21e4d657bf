import type { ReactNode, Ref, UIEvent } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { cx, EnvTag, Icon, PathIcon, Skeleton } from "~/components";
import styles from "./EditorFrame.module.css";

type Props = {
  title: string;
  connection?: Connection;
  provider?: ProviderInfo;
  onBack: () => void;
  /** Below the title in the rail. */
  rail?: ReactNode;
  header?: ReactNode;
  footer?: ReactNode;
  /** Beside the form, where there is room. */
  aside?: ReactNode;
  scrollRef?: Ref<HTMLDivElement>;
  onScroll?: (event: UIEvent<HTMLDivElement>) => void;
  children: ReactNode;
};

/** The editor's rail with the way back, the organisation and the sections, and beside it the form. */
export function EditorFrame(props: Props) {
  const { title, connection, provider, onBack, rail, header, footer, aside, scrollRef, onScroll, children } =
    props;
  return (
    <div className={styles.editor}>
      <aside className={styles.rail} aria-label="Editor sections">
        <AriaButton className={cx(styles.back)} onPress={onBack}>
          <Icon name="arrow-left" /> Back to webhooks
        </AriaButton>
        <div className={styles.title}>
          <p title={title}>
            <bdi>{title}</bdi>
          </p>
          {connection && (
            <div className={styles.where}>
              {provider && <PathIcon path={provider.icon} size={14} />}
              <bdi title={connection.label}>{connection.label}</bdi>
              <EnvTag environment={connection.environment} />
            </div>
          )}
        </div>
        {rail}
        {provider && (
          <p className={styles.promise}>
            <Icon name="info" size={14} />
            <span>Nothing is sent to {provider.name} until you confirm the review.</span>
          </p>
        )}
      </aside>
      <div className={styles.main}>
        {header}
        <div className={styles.body}>
          <div
            className={header === undefined ? styles.plain : styles.scroll}
            ref={scrollRef}
            onScroll={onScroll}
          >
            {children}
          </div>
          {aside}
        </div>
        {footer}
      </div>
    </div>
  );
}

/** Still bars in the shape of the form. */
export function LoadingForm() {
  return (
    <div className={styles.loading} role="status" aria-label="Reading the webhook">
      {[0, 1, 2].map((row) => (
        <div key={row} className={styles.loadingRow}>
          <Skeleton width={80} />
          <Skeleton />
        </div>
      ))}
    </div>
  );
}
