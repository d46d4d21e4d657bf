//! What vendors would send.

use crate::Workbench;
use crate::view::SamplesRequest;
use crate::webhooks::place;
use tacklebox_model::{AppError, Sample};

impl Workbench {
    /// What the vendor would send for an event; empty where nothing is known of it. The vendor is not asked.
    ///
    /// # Errors
    /// The connection does not exist, or its address is not acceptable.
    pub fn event_samples(&self, request: &SamplesRequest) -> Result<Vec<Sample>, AppError> {
        let connection = self.connection(&request.connection)?;
        let session = self.session(&connection).map_err(|e| e.at(place(&connection, "showing a sample")))?;
        Ok(session.samples(&request.event))
    }
}
