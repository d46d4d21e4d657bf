import { Button } from "react-aria-components";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { cx, EmptyState, EnvTag, Icon, PathIcon } from "~/components";
import { shortLockWords } from "../connections";
import styles from "./ChooseConnection.module.css";

type Props = {
  connections: Connection[];
  providers: ProviderInfo[];
  onChoose: (connection: ConnectionId) => void;
};

/** Where the new webhook shall live. Read-only organisations are listed with the reason. */
export function ChooseConnection({ connections, providers, onChoose }: Props) {
  if (connections.length === 0) {
    return <EmptyState icon="plug" title="Add an organisation first." />;
  }
  return (
    <section className={styles.choose} aria-labelledby="choose-organisation">
      <h2 id="choose-organisation">Create it in which organisation?</h2>
      {providers.map((provider) => {
        const own = connections.filter((connection) => connection.provider === provider.id);
        if (own.length === 0) return null;
        return (
          <div key={provider.id}>
            <h3>
              <PathIcon path={provider.icon} size={14} />
              {provider.name}
            </h3>
            <ul className={styles.list}>
              {own.map((connection) => (
                <li key={connection.id}>
                  <Button
                    className={cx(styles.organisation)}
                    isDisabled={connection.readOnly}
                    onPress={() => onChoose(connection.id)}
                  >
                    <bdi title={connection.label}>{connection.label}</bdi>
                    <EnvTag environment={connection.environment} />
                    <span className={styles.reason}>
                      {connection.readOnly ? shortLockWords(connection) : ""}
                    </span>
                    <Icon name={connection.readOnly ? "lock" : "chevron-right"} size={14} />
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
