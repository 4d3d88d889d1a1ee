/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings that change what is allowed or counted, with their defaults. Kept as dated,
 * synced records, so that gates agree on every device; the window's own settings are GSettings'. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* After how many days a profile is to be confirmed again. */
#define KAF_SETTING_CONFIRM_DAYS "expert.confirm-days"
/* An export of more persons needs a reason (domain, roles). */
#define KAF_SETTING_EXPORT_LIMIT "export.persons-without-reason"
/* Retention of a person after the last confirmation, in years (law 09-08). */
#define KAF_SETTING_RETENTION_YEARS "retention.person-years"

/* For how many years a file is kept after its end, a mission, a mandate, with the persons in it (the same). */
#define KAF_SETTING_FILE_YEARS "retention.file-years"

/* After how many days without an exchange a device warns, and after how many it removes the persons that its
 * hub has confirmed. */
#define KAF_SETTING_LEASE_WARN_DAYS "lease.warn-days"
#define KAF_SETTING_LEASE_DAYS "lease.days"

/* The prior authorisation of the CNDP for numbers of papers, its reference and its day (ISO): without the two the server
 * keeps and reveals none (law 09-08). */
#define KAF_SETTING_IDENTIFIERS_REFERENCE "cndp.identifiers-reference"
#define KAF_SETTING_IDENTIFIERS_DAY "cndp.identifiers-day"

/* How many days before the end of a convention it is told, three times over; the same terms sort what is due by
 * urgency. And for how long after its end it is told that it is over. */
#define KAF_SETTING_LAPSE_FIRST_DAYS "convention.lapse-first-days"
#define KAF_SETTING_LAPSE_SECOND_DAYS "convention.lapse-second-days"
#define KAF_SETTING_LAPSE_LAST_DAYS "convention.lapse-last-days"
#define KAF_SETTING_EXPIRED_DAYS "convention.expired-days"
/* How many days before its day a commitment is soon due. */
#define KAF_SETTING_COMMITMENT_SOON_DAYS "commitment.soon-days"
/* After how many days without an exchange a network is to be contacted. */
#define KAF_SETTING_NETWORK_CONTACT_DAYS "network.contact-days"
/* Within how many days of a meeting its minutes are to be approved. */
#define KAF_SETTING_MINUTES_DAYS "meeting.minutes-days"

/* From which likelihood on (‰) a manager may accept pairs of records as one together; "": none may be. */
#define KAF_SETTING_ACCEPT_FROM "duplicates.accept-from"

/* Thresholds of project holders, as KafHolderThresholds has them: "holder.stale-a-days"… */
#define KAF_SETTING_HOLDER "holder."

/* Thresholds of missions, as KafMissionThresholds has them, with dashes: "mission.need-stale-months"… Half-days begin
 * so many minutes after midnight. And the countries to which data may go without more (ISO codes, by blanks). */
#define KAF_SETTING_MISSION "mission."
#define KAF_SETTING_LISTED_COUNTRIES "transfer.listed-countries"

/* The count of 2030: the path, and what contributions must reach, see rules/target. */
#define KAF_SETTING_TARGET "target."
#define KAF_SETTING_TARGET_START "target.start"
#define KAF_SETTING_TARGET_END "target.end"
#define KAF_SETTING_TARGET_GOAL "target.goal"
#define KAF_SETTING_TARGET_DAYS "target.days"
#define KAF_SETTING_TARGET_MONTHS "target.months"

/* The head of printed papers (report/kaf-letterhead): "document.state-fr", "document.state-ar", the service that issues
 * them (lines by "\n" or " | "), the place that a date stands with, who signs orders and letters ("document.signer-fr",
 * "document.function-fr"), and the id of an attachment with a PNG. */
#define KAF_SETTING_DOCUMENT "document."
#define KAF_SETTING_DOCUMENT_LOGO "document.logo"

/* NULL when there is no such setting. */
const char *kaf_settings_default (const char *key);

G_END_DECLS
