//! A vendor's log of what it delivered, and sending again.

use crate::view::{
    DeliveriesRequest, DeliveryRequest, ReplayFailure, ReplayProgress, ReplayReport, ReplayRequest,
};
use crate::webhooks::place;
use crate::{Workbench, failure, uncancellable};
use std::collections::HashSet;
use tacklebox_model::{
    AppError, Connection, DeliveryDetail, DeliveryId, DeliveryLog, DeliveryPage, Fault, JournalOutcome,
    VendorMessage,
};
use tacklebox_providers::{Session, WriteError};
use tokio_util::sync::CancellationToken;

const READING: &str = "reading deliveries";
const REPLAYING: &str = "sending deliveries again";

impl Workbench {
    /// A page of a webhook's deliveries.
    ///
    /// # Errors
    /// The vendor cannot be asked, or keeps no log.
    pub async fn deliveries(&self, request: &DeliveriesRequest) -> Result<DeliveryPage, AppError> {
        let running = self.operations.begin(&request.operation);
        let connection = self.connection(&request.webhook.connection)?;
        let here = |e: AppError| e.at(place(&connection, READING));
        let session = self.session(&connection).map_err(here)?;
        tokio::select! {
            biased;
            () = running.cancel.cancelled() => Err(AppError::cancelled()),
            page = session.deliveries(&request.webhook.id, &request.query, &running.cancel) => page.map_err(here),
        }
    }

    /// One delivery.
    ///
    /// # Errors
    /// As [`Workbench::deliveries`].
    pub async fn delivery(&self, request: &DeliveryRequest) -> Result<DeliveryDetail, AppError> {
        let connection = self.connection(&request.webhook.connection)?;
        let here = |e: AppError| e.at(place(&connection, READING));
        let session = self.session(&connection).map_err(here)?;
        session.delivery(&request.webhook.id, &request.delivery, &uncancellable()).await.map_err(here)
    }

    /// Sends deliveries again, as many at a time as the vendor takes. Stopping lets the request under way finish and
    /// leaves the rest unattempted.
    ///
    /// # Errors
    /// The connection is read-only, or the vendor cannot do it. Then nothing was sent. What becomes of each delivery
    /// is in the report.
    pub async fn replay(
        &self,
        request: &ReplayRequest,
        say: &(dyn Fn(ReplayProgress) + Send + Sync),
    ) -> Result<ReplayReport, AppError> {
        let _writing = self.writing.read().await;
        let running = self.operations.begin(&request.operation);
        let turn = self.turns.of(&request.webhook.connection);
        let Some(_turn) = running.cancel.run_until_cancelled(turn.writing.lock()).await else {
            return Ok(ReplayReport::unattempted(request.deliveries.clone()));
        };
        // Read only now: it may have been changed or removed by whoever had the turn before.
        let connection = self.connection(&request.webhook.connection)?;
        let here = |e: AppError| e.at(place(&connection, REPLAYING));
        failure::read_only(&connection).map_err(here)?;
        let session = self.session(&connection).map_err(here)?;
        let log = self.log_of(&connection, session.as_ref(), &running.cancel).await.map_err(here)?;
        let vendor = self.provider(&connection)?.info().name;
        let at_once = log.replay_at_once.ok_or_else(|| AppError::unsupported(&vendor, "way to send again"));
        let at_once = usize::try_from(at_once.map_err(here)?).unwrap_or(usize::MAX).max(1);
        if request.reapply && !log.reapply {
            return Err(here(AppError::unsupported(&vendor, "way to make a delivery anew")));
        }
        let mut run = ReplayRun {
            workbench: self,
            connection: &connection,
            session: session.as_ref(),
            request,
            vendor,
            report: ReplayReport::default(),
        };
        run.send_all(at_once, &running.cancel, say).await;
        Ok(run.report)
    }

    /// What the vendor's log of deliveries can do.
    async fn log_of(
        &self,
        connection: &Connection,
        session: &dyn Session,
        cancel: &CancellationToken,
    ) -> Result<DeliveryLog, AppError> {
        let offer = session.offer(cancel).await?;
        let vendor = self.provider(connection)?.info().name;
        let log = offer.capabilities.deliveries.clone();
        log.ok_or_else(|| AppError::unsupported(&vendor, "log of deliveries"))
    }
}

/// Sends the deliveries of one webhook again.
struct ReplayRun<'a> {
    workbench: &'a Workbench,
    connection: &'a Connection,
    session: &'a dyn Session,
    request: &'a ReplayRequest,
    vendor: String,
    report: ReplayReport,
}

impl ReplayRun<'_> {
    async fn send_all(
        &mut self,
        at_once: usize,
        cancel: &CancellationToken,
        say: &(dyn Fn(ReplayProgress) + Send + Sync),
    ) {
        let mut seen = HashSet::new();
        let wanted: Vec<_> = self.request.deliveries.iter().filter(|id| seen.insert(*id)).cloned().collect();
        let total = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
        let mut done = 0;
        for chunk in wanted.chunks(at_once) {
            if cancel.is_cancelled() {
                break;
            }
            let go_on = self.send(chunk).await;
            done += chunk.len();
            say(ReplayProgress { done: u32::try_from(done).unwrap_or(u32::MAX), total });
            if !go_on {
                break;
            }
        }
        self.report.not_attempted = wanted[done..].to_vec();
    }

    /// Sends what goes into one request; false when there is no sense in sending more now.
    async fn send(&mut self, chunk: &[DeliveryId]) -> bool {
        let begun = self.workbench.begin_replay(self.connection, self.request, chunk);
        let mut entry = match begun {
            Ok(entry) => entry,
            Err(error) => {
                self.fail(chunk, error);
                return true;
            }
        };
        let id = &self.request.webhook.id;
        // From here on nobody can stop it: a request broken off half-way would be uncertain.
        match self.session.replay(id, chunk, self.request.reapply, &uncancellable()).await {
            Ok(taken) => {
                let (taken, left): (Vec<_>, Vec<_>) =
                    chunk.iter().cloned().partition(|id| taken.contains(id));
                entry.changes = crate::journal::replayed(self.request, &taken, &left);
                let outcome = if taken.is_empty() {
                    JournalOutcome::Failed { message: self.refused().message }
                } else {
                    JournalOutcome::Done { recovered: false }
                };
                self.workbench.complete_entry(entry, None, outcome);
                self.report.replayed.extend(taken);
                if !left.is_empty() {
                    self.fail(&left, self.refused());
                }
                true
            }
            Err(WriteError { mut error, uncertain }) => {
                let outcome = if uncertain {
                    error.message.push_str(" It is not known whether they were sent again.");
                    error = error.advise("Look at the newest deliveries before you try again.");
                    JournalOutcome::Uncertain { message: error.message.clone() }
                } else {
                    JournalOutcome::Failed { message: error.message.clone() }
                };
                self.workbench.complete_entry(entry, None, outcome);
                let go_on = !matches!(error.fault, Fault::RateLimited { .. });
                self.fail(chunk, error);
                go_on
            }
        }
    }

    fn fail(&mut self, deliveries: &[DeliveryId], error: AppError) {
        let error = error.at(place(self.connection, REPLAYING));
        self.report.failed.push(ReplayFailure { deliveries: deliveries.to_vec(), error });
    }

    /// The vendor answered and left deliveries out, without a word on why.
    fn refused(&self) -> AppError {
        let vendor = VendorMessage::new(None, "");
        let fault = Fault::Vendor { status: None, vendor, request_id: None };
        AppError::new(fault, format!("{} did not take these deliveries on.", self.vendor))
            .advise("They may be too old. Refresh the log and look.")
    }
}

impl ReplayReport {
    fn unattempted(deliveries: Vec<DeliveryId>) -> Self {
        Self { not_attempted: deliveries, ..Self::default() }
    }
}

#[cfg(test)]
mod tests;
