import { Skeleton } from "~/components";
import styles from "./ReviewDialog.module.css";

/** Still bars while the plan is made. */
export function Planning() {
  return (
    <div className={styles.planning} role="status" aria-label="Reading the current version and comparing">
      <Skeleton width="40%" />
      <Skeleton width="85%" />
      <Skeleton width="70%" />
    </div>
  );
}
