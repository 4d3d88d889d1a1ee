/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two devices that meet at a hub do to the file of a mission. */
#pragma once

#include "kaf-pair.h"

#define LEADER "facilitator"

gboolean has (KafFixture *f, const char *entity, const char *id);

/* An act with a reason. (transfer full) */
char *
act (KafFixture *f, const char *mission, const char *kind, const char *step, const char *after);

/* One that moves nothing. @code, @reason: nullable. (transfer full) */
char *note (KafFixture *f,
            const char *mission,
            const char *kind,
            const char *step,
            const char *code,
            const char *reason);

/* Writes into the file what the gates of steps 1 to 7 ask for, but for the convention. */
void prepare (KafFixture *f, const char *mission);

/* A mission with all of that. (transfer full) */
char *prepared (KafFixture *f, const char *title);

/* A mission of a's, prepared, that both know, with its steps below @step left. @last (out): the last act; nullable. */
char *begin (World *self, guint step, char **last);

/* A file of the mission. (transfer full) */
char *scan (KafFixture *f, const char *mission);

/* Step 6 left on paper, which is as it must be but for @field: it is @value. (transfer full) */
char *decide_on_paper (
    KafFixture *f, const char *mission, const char *last, const char *field, const char *value);

/* Two of something at that price. (transfer full) */
char *line_new (KafFixture *f, const char *mission, const char *price);
void set_line (KafFixture *f, const char *id, const char *field, const char *value);
