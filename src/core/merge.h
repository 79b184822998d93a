/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Merges two texts that both began as `base`: line by line, and where both changed the same lines, word by
 * word. NULL when both changed the same words in different ways. Pure: the same texts give the same result on
 * every machine. Transfer full. The method is diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3,
 * 2007) on differences found as by Myers (An O(ND) Difference Algorithm, 1986); very different texts count as
 * changed as a whole. */
char *baton_merge_texts (const char *base, const char *ours, const char *theirs);

G_END_DECLS
