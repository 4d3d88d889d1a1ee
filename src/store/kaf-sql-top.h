/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The topmost item above each item of a reference list: the region of a province, the field of a speciality. */
#pragma once

/* A table top (code, root) for WITH RECURSIVE; @list is a literal: "territory". */
#define KAF_SQL_TOP(list)                                                                          \
  "top (code, root) AS (SELECT code, code FROM " list " WHERE parent IS NULL"                      \
  " UNION SELECT l.code, top.root FROM " list " l JOIN top ON l.parent = top.code) "
