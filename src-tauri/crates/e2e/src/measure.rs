//! What the system says of the window's processes.

use crate::{DriveError, Window};
use serde_json::Value;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// Clock ticks per second in `/proc`, fixed by Linux's interface to user space.
const TICKS: f64 = 100.0;

impl Window {
    /// Milliseconds from the start of the program's process to a moment in its page, given as a script
    /// that returns milliseconds since 1970.
    ///
    /// # Errors
    /// The driver failed or the process is not to be found.
    pub async fn since_start(&self, moment: &str) -> Result<f64, DriveError> {
        let at = self.client.execute(moment, vec![]).await?.as_f64().unwrap_or(f64::NAN);
        Ok(at - self.started_ms()?)
    }

    /// Proportional memory of the program and everything it started, in MB.
    ///
    /// # Errors
    /// The processes are not to be found.
    pub fn memory_mb(&self) -> Result<f64, DriveError> {
        let kilobytes: f64 = self.processes()?.iter().map(|pid| pss(*pid)).sum();
        Ok(kilobytes / 1024.0)
    }

    /// Runs an asynchronous script: its last argument is the function to call with the result.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, DriveError> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    fn started_ms(&self) -> Result<f64, DriveError> {
        let program = self.processes()?.first().copied().ok_or_else(gone)?;
        let stat = fs::read_to_string(format!("/proc/{program}/stat"))?;
        // Fields after the name, which may hold spaces; the start is the 22nd of all.
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks: f64 =
            after_name.split_whitespace().nth(19).and_then(|t| t.parse().ok()).ok_or_else(gone)?;
        let uptime = fs::read_to_string("/proc/uptime")?;
        let uptime: f64 = uptime.split_whitespace().next().and_then(|t| t.parse().ok()).ok_or_else(gone)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        Ok((now - (uptime - ticks / TICKS)) * 1000.0)
    }

    /// The program first, then its own children and theirs.
    fn processes(&self) -> Result<Vec<u32>, DriveError> {
        let mut found: Vec<u32> = children(self.driver_id().ok_or_else(gone)?);
        let mut at = 0;
        while at < found.len() {
            found.extend(children(found[at]));
            at += 1;
        }
        Ok(found)
    }
}

fn children(parent: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}

fn pss(pid: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find(|line| line.starts_with("Pss:"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse().ok()).unwrap_or(0.0)
}

fn gone() -> DriveError {
    DriveError::Setup("The program's process is not to be found.".into())
}
