"""Who a visitor is: signing in and out, sessions in signed cookies, forms that nobody can forge."""
