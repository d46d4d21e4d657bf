import type { FieldPath } from "~/bindings/FieldPath";
import { Icon, LinkButton } from "~/components";
import styles from "./CredentialNote.module.css";
import { useUrlCredentialsHere } from "./use-url-credentials";

/** Below an address: what became of the user name and password in it, and what can be done about it. */
export function CredentialNote({ path, isWrong }: { path: FieldPath; isWrong: boolean }) {
  const handle = useUrlCredentialsHere();
  if (!handle) return null;
  const { state, target } = handle;
  if (!handle.hasPlace) {
    if (!isWrong) return null;
    return (
      <p className={styles.note}>
        <LinkButton onPress={() => handle.drop(path)}>Remove them from the address</LinkButton>
      </p>
    );
  }
  if (state?.url !== path || !target) return null;
  const { username, password } = state.found;
  const what = password === "" ? "User name" : username === "" ? "Password" : "User name and password";
  const isOne = password === "" || username === "";
  if (state.at === "moved") {
    return (
      <p className={styles.note} role="status">
        <Icon name="ok" size={12} />
        <span>
          {what} {isOne ? "was" : "were"} moved to {target.section}.{" "}
          <LinkButton onPress={handle.undo}>Undo</LinkButton>
        </span>
      </p>
    );
  }
  const it = isOne ? "it" : "them";
  const move = `Move ${it} to ${target.method}${target.replaces === null ? "" : `, replacing ${target.replaces}`}`;
  return (
    <div className={styles.ask} role="group" aria-label={`${what} in the address`}>
      <span role="status">{what} in the address:</span>
      <LinkButton onPress={handle.move}>{move}</LinkButton>
      <LinkButton onPress={() => handle.drop(path)}>Drop {it}</LinkButton>
    </div>
  );
}
