/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Export of the shown board as CSV, or of the whole workspace as JSON. */
void baton_export_dialog_present (BatonWindow *window);

G_END_DECLS
