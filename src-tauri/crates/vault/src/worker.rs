//! The one thread on which the keyring is used.
//!
//! Keyring calls block, sometimes for ever (a prompt nobody answers), and must not run inside an async runtime. A
//! thread that misses a request's deadline is abandoned: it is left in its call, a new thread takes over the queue,
//! and the abandoned one ends if its call ever returns. Threads of this kind do not keep the program from exiting.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::entries::Entries;
use crate::{KeyringSource, OpenKeyring, VaultError, VaultKey};

/// Threads that may be stuck at the same time; then requests fail at once until one comes back.
pub(crate) const MAX_ABANDONED: usize = 3;

/// A request to the keyring.
pub(crate) enum Request {
    Put(VaultKey, SecretString),
    Get(VaultKey),
    Delete(VaultKey),
    Check,
    Unlock,
}

/// The value of a `Get`, `None` for all others.
type Answer = Result<Option<SecretString>, VaultError>;

/// Sends requests to the thread and waits for the answers.
pub(crate) struct Worker {
    shared: Arc<Shared>,
    jobs: Sender<Job>,
}

impl Worker {
    pub(crate) fn new(service: String, source: Box<dyn KeyringSource>) -> Self {
        let (jobs, queue) = mpsc::channel();
        let shared = Shared {
            source,
            service,
            queue: Mutex::new(queue),
            state: Mutex::new(State { in_charge: 1, alive: false, due: None, abandoned: 0 }),
            prompt_refused: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared), jobs }
    }

    pub(crate) fn service(&self) -> &str {
        &self.shared.service
    }

    /// Runs a request. The deadline starts when the thread takes the request in hand; requests before it in the
    /// queue have deadlines of their own, so the wait always ends.
    pub(crate) async fn run(&self, request: Request, deadline: Duration) -> Answer {
        let timed_out = Err(VaultError::TimedOut { after: deadline });
        if !ensure_thread(&self.shared)? {
            return timed_out;
        }
        let (reply, mut answer) = oneshot::channel();
        let taken_by = Arc::new(AtomicU64::new(WAITING));
        let job = Job { request, deadline, reply, taken_by: Arc::clone(&taken_by) };
        self.jobs.send(job).map_err(|_| VaultError::other(&"the keyring thread is gone"))?;
        let mut wait = deadline;
        loop {
            if let Ok(answer) = tokio::time::timeout(wait, &mut answer).await {
                return answer.unwrap_or_else(|_| Err(VaultError::other(&"the keyring thread stopped")));
            }
            match self.shared.time_left(&taken_by, deadline) {
                Some(left) if ensure_thread(&self.shared)? => wait = left,
                // Given up, unless the answer came this very moment.
                Some(_) | None => return answer.try_recv().unwrap_or(timed_out),
            }
        }
    }
}

/// `Job::taken_by` of a request still in the queue.
const WAITING: u64 = 0;

struct Job {
    request: Request,
    deadline: Duration,
    reply: oneshot::Sender<Answer>,
    /// Number of the thread that has it in hand.
    taken_by: Arc<AtomicU64>,
}

struct Shared {
    source: Box<dyn KeyringSource>,
    service: String,
    queue: Mutex<Receiver<Job>>,
    state: Mutex<State>,
    /// A prompt was shown and not accepted: no further one until the user asks for it or the keyring is open.
    prompt_refused: AtomicBool,
}

struct State {
    /// Number of the thread in charge; a thread with another number has been abandoned.
    in_charge: u64,
    /// Whether that thread runs.
    alive: bool,
    /// When the request it has in hand must be answered.
    due: Option<Instant>,
    abandoned: usize,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much longer a caller should wait, `None` when its request was in the hands of an abandoned thread.
    /// Abandons the thread in charge if it is overdue, with this caller's request or one before it.
    fn time_left(&self, taken_by: &AtomicU64, deadline: Duration) -> Option<Duration> {
        let mut state = self.state();
        let now = Instant::now();
        if state.due.is_some_and(|due| due <= now) {
            state.in_charge += 1;
            state.alive = false;
            state.due = None;
            state.abandoned += 1;
            tracing::warn!(
                abandoned = state.abandoned,
                "the keyring did not answer, its thread was abandoned"
            );
        }
        let holder = taken_by.load(Ordering::SeqCst);
        (holder == WAITING || holder == state.in_charge)
            .then(|| state.due.map_or(deadline, |due| due.saturating_duration_since(now)))
    }
}

/// Starts a thread if none is in charge. `false` when too many are stuck already.
fn ensure_thread(shared: &Arc<Shared>) -> Result<bool, VaultError> {
    let mut state = shared.state();
    if state.alive {
        return Ok(true);
    }
    if state.abandoned >= MAX_ABANDONED {
        return Ok(false);
    }
    let number = state.in_charge;
    let theirs = Arc::clone(shared);
    std::thread::Builder::new()
        .name("keyring".into())
        .spawn(move || serve(&theirs, number))
        .map_err(|error| VaultError::other(&error))?;
    state.alive = true;
    Ok(true)
}

/// Signs a thread off, also when it panics.
struct SignOff<'a>(&'a Shared, u64);

impl Drop for SignOff<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if state.in_charge == self.1 {
            state.alive = false;
            state.due = None;
        } else {
            state.abandoned = state.abandoned.saturating_sub(1);
        }
    }
}

/// The thread: takes requests one by one until the vault is dropped or the thread is abandoned.
fn serve(shared: &Shared, number: u64) {
    let _sign_off = SignOff(shared, number);
    let mut opened = None;
    loop {
        // Only the thread in charge waits here: an abandoned one is inside a request.
        let job = shared.queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        if job.reply.is_closed() {
            continue;
        }
        {
            let mut state = shared.state();
            state.due = Some(Instant::now() + job.deadline);
            job.taken_by.store(number, Ordering::SeqCst);
        }
        let answer = perform(shared, &mut opened, &job);
        {
            let mut state = shared.state();
            if state.in_charge != number {
                return;
            }
            state.due = None;
        }
        // The caller may have gone; then nobody wants the answer.
        let _ = job.reply.send(answer);
    }
}

/// Runs a request, once more on a newly opened keyring if the one at hand turns out to have gone away.
fn perform(shared: &Shared, opened: &mut Option<Box<dyn OpenKeyring>>, job: &Job) -> Answer {
    let was_open = opened.is_some();
    let answer = attempt(shared, opened, job);
    match &answer {
        Err(error) if error.wants_reopening() => {
            *opened = None;
            if was_open && !job.reply.is_closed() { attempt(shared, opened, job) } else { answer }
        }
        _ => answer,
    }
}

fn attempt(shared: &Shared, opened: &mut Option<Box<dyn OpenKeyring>>, job: &Job) -> Answer {
    if opened.is_none() {
        *opened = Some(shared.source.open()?);
    }
    let Some(keyring) = opened.as_deref() else { return Err(VaultError::NoService) };
    ensure_unlocked(shared, keyring, &job.request)?;
    let given_up = || job.reply.is_closed();
    let entries = Entries {
        store: keyring.store(),
        service: &shared.service,
        labels: keyring.takes_labels(),
        given_up: &given_up,
    };
    match &job.request {
        Request::Put(key, value) => entries.put(key, value).map(|()| None),
        Request::Get(key) => entries.get(key),
        Request::Delete(key) => entries.delete(key).map(|()| None),
        // Reading an entry that does not exist shows that the keyring answers, and asks the user nothing.
        Request::Check | Request::Unlock => entries.get(&VaultKey::from_segments(&["check"])).map(|_| None),
    }
}

/// Unlocks before anything is read or written, so that a prompt never blocks between a caller that has given up and
/// a write. Prompts once; after a refusal only when the user asks for it.
fn ensure_unlocked(shared: &Shared, keyring: &dyn OpenKeyring, request: &Request) -> Result<(), VaultError> {
    if keyring.is_locked()? {
        let may_prompt = match request {
            Request::Check => false,
            Request::Unlock => true,
            Request::Put(..) | Request::Get(_) | Request::Delete(_) => {
                !shared.prompt_refused.load(Ordering::SeqCst)
            }
        };
        if !may_prompt {
            return Err(VaultError::Locked);
        }
        // Set before the prompt, so that it also holds while the prompt stays unanswered.
        shared.prompt_refused.store(true, Ordering::SeqCst);
        keyring.unlock()?;
        if keyring.is_locked()? {
            return Err(VaultError::Denied);
        }
    }
    shared.prompt_refused.store(false, Ordering::SeqCst);
    Ok(())
}
