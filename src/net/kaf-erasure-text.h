/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of an erasure: in the language of the interface, @lang. (transfer full) each. */
#pragma once

#include "net/kaf-erasures.h"

G_BEGIN_DECLS

/* "PER-2026-0001", by which it was ordered. */
char *kaf_erasure_text_name (const KafErasure *self);

/* "Person · Expert": the kind of whom was named, with her facets where they are known. */
char *kaf_erasure_text_subject (const KafErasure *self);

/* "6 records" */
char *kaf_erasure_text_records (guint n, KafLang lang);

/* "2 of 3 devices · 1 withdrawn"; "On every device" when nobody is awaited. */
char *kaf_erasure_text_receipts (const KafErasureCount *count, KafLang lang);

/* "amina · laptop · 9f3c": the end of its number tells two of one name apart. */
char *kaf_erasure_text_device (const KafErasureDevice *device);

/* "Enrolled on 02/03/2026 09:12, last seen on 20/11/2026 17:40"; the latter where kaf_erasure_text_state() does not tell it. */
char *kaf_erasure_text_seen (const KafErasure *self, const KafErasureDevice *device, KafLang lang);

/* "Confirmed on 22/11/2026 10:30"; "Awaited; last exchange on 12/11/2026 08:10". @now: µs since 1970 UTC. */
char *kaf_erasure_text_state (const KafErasure *self,
                              const KafErasureDevice *device,
                              gint64 now,
                              KafLang lang);

/* "2 edits concerned what was erased since: they were not kept". */
char *kaf_erasure_text_gone (guint n, KafLang lang);

/* "Mandate: Presidency · ORG-2026-0001". */
char *kaf_erasure_text_kept (const KafErasureKept *kept, KafLang lang);

/* Until when, the law having it kept for so many years: "Kept until 31/12/2036". */
char *kaf_erasure_text_until (const KafErasureKept *kept, guint years, KafLang lang);

G_END_DECLS
