import { useEffect, useRef } from "react";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { Button, Dialog, EnvTag } from "~/components";
import { inputOf } from "./connection-form";
import { Findings } from "./Findings";
import { useConnectionTest } from "./use-connection-test";

export interface TestConnectionDialogProps {
  connection: Connection;
  provider: ProviderInfo;
  onClose: () => void;
}

/** Tests a stored connection as it is. */
export function TestConnectionDialog({ connection, provider, onClose }: TestConnectionDialogProps) {
  const test = useConnectionTest();
  const started = useRef(false);
  const run = () => test.run(connection.id, inputOf(connection, provider));
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    run();
  });
  return (
    <Dialog
      title={<>Test {connection.label}</>}
      aside={<EnvTag environment={connection.environment} />}
      onClose={onClose}
      footer={
        <>
          <Button onPress={run} isPending={test.state.at === "running"}>
            Test again
          </Button>
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <Findings state={test.state} onStop={test.stop} />
    </Dialog>
  );
}
