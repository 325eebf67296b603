package credit

// Calculations are the rules that compute something of a credit, by the names under
// which the desk knows them.
var Calculations = []string{
	"credit_plan", "credit_figures", "credit_account", "charge_change", "ceiling_watch",
	"effective_rate", "interval_years", "theoretical_duration", "theoretical_term", "credit_total_price", "total_price", "displayed_monthly_charge",
	"maximum_charge_on", "maximum_charge_for_agreement", "maximum_charge_amount", "maximum_charge", "balance_statement", "outstanding_balance",
	"credit_conclusion_check", "commission", "commission_schedule",
}
